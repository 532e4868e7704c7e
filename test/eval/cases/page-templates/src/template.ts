export type Template = (data: Record<string, string>) => string;

interface Part {
  readonly text: string;
  readonly field?: string;
}

export function compile(source: string): Template {
  const parts: Part[] = source.split(/(\{\w+\})/).map((text) => ({
    text,
    field: /^\{(\w+)\}$/.exec(text)?.[1],
  }));
  return (data) => parts.map(({ text, field }) => (field ? (data[field] ?? '') : text)).join('');
}
