let open;
const closed = new Promise((resolve) => {
  open = resolve;
});

export const maintenance = {
  /** Settles when the maintenance begins. */
  begins: closed,
  begin: () => open(),
};
