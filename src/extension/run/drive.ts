/** How the program is exercised between the snapshots of a run. */
export type Drive =
  | { readonly kind: 'byHand' }
  /** A shell command, run in the root folder. */
  | { readonly kind: 'command'; readonly command: string }
  /** A VS Code task, by its label. */
  | { readonly kind: 'task'; readonly task: string };
