/** The rules as they are on disk now. */
export async function rulesOf(campaign, revision) {
  return import(`./campaigns/${campaign}.mjs?revision=${revision}`);
}
