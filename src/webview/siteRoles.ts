import * as l10n from '@vscode/l10n';
import type { SiteRole } from '../leaks/leakReport';

/** What happens on the line, for people. */
export function siteRoleText(role: SiteRole): string {
  switch (role) {
    case 'growth':
      return l10n.t('Added here');
    case 'retention':
      return l10n.t('Kept here');
    case 'registration':
      return l10n.t('Registered here');
    case 'allocation':
      return l10n.t('Made here');
    case 'removal':
      return l10n.t('Removed here');
    case 'caller':
      return l10n.t('Called from here');
  }
}
