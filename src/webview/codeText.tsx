/** A title or sentence with what stands between backticks set as code. */
export function CodeText({ text }: { readonly text: string }) {
  const parts = text.split('`');
  // An odd number of backticks is no markup.
  if (parts.length % 2 === 0) return <>{text}</>;
  return (
    <>{parts.map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</>
  );
}
