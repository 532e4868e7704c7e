import type { SiteRole } from '../leaks/leakReport';

/** What happens on the line, for people. */
export const SITE_ROLES: Record<SiteRole, string> = {
  growth: 'Added here',
  retention: 'Kept here',
  registration: 'Registered here',
  allocation: 'Made here',
  removal: 'Removed here',
  caller: 'Called from here',
};
