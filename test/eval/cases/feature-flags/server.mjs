import { flags, setFlag } from './flags.mjs';

function pageFor(visitor) {
  const page = { visitor, blocks: ['header', 'offers'], stale: false };
  flags.addEventListener('change', ({ detail }) => {
    page.stale ||= page.blocks.includes(detail.name);
  });
  return page;
}

/** GET / */
export function work(i) {
  const page = pageFor(`visitor ${i}`);
  if (i % 200 === 0) setFlag('offers', i % 400 === 0);
  return page.blocks.length;
}
