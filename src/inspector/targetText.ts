/** Text from a target that is safe in a terminal and of a sane length; empty if it is none. */
export function targetText(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[\x00-\x1f\x7f-\x9f]/g, '').slice(0, 500) : '';
}
