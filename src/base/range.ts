/** What an uncertain number lies between. */
export interface Range {
  readonly least: number;
  readonly most: number;
}
