'use strict';
const { parseMarkdownToJSX } = require('md-to-react-email');

const styles = { h1: { color: '#224', fontSize: 22 }, p: { lineHeight: 1.5 }, link: { color: '#06c' } };

exports.handle = async function handle(request) {
  const issue = request.url.split('/').pop();
  const markdown = `# Issue ${issue}\n\nNews from the *garden*: [read on](https://example.org/${issue}).\n`;
  const html = parseMarkdownToJSX({ markdown, customStyles: styles });
  return { issue, length: html.length };
};
