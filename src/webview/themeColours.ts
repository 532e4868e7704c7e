/** A colour of VS Code's theme as CSS has it now, for what cannot use a style sheet: a canvas. */
export function themeColour(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** Calls back when VS Code has put another theme on the page. */
export function onThemeChange(listener: () => void): { dispose(): void } {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributeFilter: ['class'] });
  return { dispose: () => observer.disconnect() };
}
