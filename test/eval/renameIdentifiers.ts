export function renameIdentifiers(_f: string, _s: number): void {}
