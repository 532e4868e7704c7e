'use strict';

class SessionStore {
  constructor(secondsToLive) {
    this.secondsToLive = secondsToLive;
    this.byToken = {};
  }

  open(token, user) {
    const session = { user, views: [], expires: Date.now() / 1000 + this.secondsToLive };
    this.byToken[token] = session;
    return session;
  }

  find(token) {
    const session = this.byToken[token];
    return session && session.expires > Date.now() / 1000 ? session : undefined;
  }
}

module.exports = SessionStore;
