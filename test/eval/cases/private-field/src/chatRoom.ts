export interface Member {
  readonly name: string;
  readonly joined: number;
  unread: string[];
}

export class ChatRoom {
  readonly #members = new Map<string, Member>();
  #present = 0;

  join(name: string): Member {
    const member: Member = { name, joined: this.#present, unread: [] };
    this.#members.set(name, member);
    this.#present++;
    return member;
  }

  say(from: Member, text: string): void {
    from.unread = [...from.unread.slice(-2), text];
  }

  leave(member: Member): void {
    this.#present--;
    member.unread = [];
  }

  get present(): number {
    return this.#present;
  }
}
