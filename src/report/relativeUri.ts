import { plainText } from './plainText';

/**
 * The path of a report as a URI reference: relative where it is below the root, else a file URL, or
 * as the target has it if that is a URL already. What a reader of URIs would act on is escaped.
 */
export function uriOf(name: string): string {
  const file = plainText(name);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) return encodeURI(file);
  const path = file.split('/').map(encodeURIComponent).join('/');
  if (/^[a-z]%3A\//i.test(path)) return `file:///${path.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${path}` : path;
}
