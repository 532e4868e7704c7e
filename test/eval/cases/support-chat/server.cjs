class Conversation {
  transcript = '';

  constructor(channel) {
    this.channel = channel;
  }

  say(who, text) {
    this.transcript += `${new Date().toISOString()} ${who}: ${text}\n`;
    return this.preview();
  }

  preview() {
    return this.transcript.slice(-200);
  }
}

const conversations = ['sales', 'support'].map((channel) => new Conversation(channel));

/** POST /chat/:channel */
exports.work = function work(i) {
  const conversation = conversations[i % conversations.length];
  return conversation.say(`customer ${i % 90}`, `question number ${i}, please answer`).length;
};
