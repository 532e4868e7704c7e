let stop;

export const stopped = new Promise((resolve) => {
  stop = () => resolve('stopped');
});

export { stop };
