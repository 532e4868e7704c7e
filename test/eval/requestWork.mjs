// `node requestWork.mjs URL`: asks a case for work, and fails with what it says if the work failed.
import { get } from 'node:http';
import { text } from 'node:stream/consumers';

// The bare client waits as long as it takes; fetch would give up after five minutes.
get(process.argv[2], { agent: false }, async (response) => {
  const body = await text(response);
  if (response.statusCode !== 200) {
    console.error(body);
    process.exitCode = 1;
  }
});
