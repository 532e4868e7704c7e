const controller = new AbortController();

process.once('SIGTERM', () => controller.abort(new Error('The server is stopping.')));

export const stopping = controller.signal;
