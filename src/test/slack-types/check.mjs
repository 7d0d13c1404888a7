// node check.mjs FOLDER: each FOLDER/<kind>-<hash>.json must be a value of that kind of Slack's
// published types. Exits 1 when one is not, and when there is none or a wrong one would pass.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const KINDS = { message: 'KnownBlock[]', modal: 'ModalView', home: 'HomeView' };
const WRONG = {
  message: [
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    [{ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'x' }, style: 'grave' }] }],
    [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text' }] }] }],
  ],
  modal: [{ type: 'modal', title: 'x', blocks: [] }, { type: 'modal', blocks: [] }],
  home: [{ type: 'home' }],
};

function faults(values) {
  const folder = 'generated';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const files = values.map(({ kind, name, value }) => {
    const file = join(folder, `${name}.ts`);
    const type = KINDS[kind];
    writeFileSync(
      file,
      `import type { HomeView, KnownBlock, ModalView } from '@slack/types';\n` +
        `export const sent: ${type} = ${JSON.stringify(value, null, 1)};\n`,
    );
    return file;
  });
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const found = new Map();
  for (const d of ts.getPreEmitDiagnostics(program)) {
    const where = d.file?.fileName ?? 'configuration';
    if (!found.has(where)) {
      found.set(where, ts.flattenDiagnosticMessageText(d.messageText, '\n  '));
    }
  }
  return found;
}

const folder = process.argv[2];
const sent = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({
    kind: file.split('-')[0],
    name: file.replace('.json', ''),
    value: JSON.parse(readFileSync(join(folder, file), 'utf8')),
  }));
const wrong = Object.entries(WRONG).flatMap(([kind, values]) =>
  values.map((value, i) => ({ kind, name: `wrong-${kind}-${i}`, value })),
);

const found = faults([...sent, ...wrong]);
let bad = 0;
for (const [where, message] of found) {
  if (!where.includes('wrong-')) {
    console.error(`${where}\n  ${message}`);
    bad++;
  }
}
const caught = [...found.keys()].filter((where) => where.includes('wrong-')).length;
const count = (kind) => sent.filter((s) => s.kind === kind).length;
console.log(
  `${count('message')} messages, ${count('modal')} modals, ${count('home')} homes; ` +
    `${bad} are not of Slack's types; ${caught} of ${wrong.length} wrong ones were caught`,
);
const none = Object.keys(KINDS).filter((kind) => count(kind) === 0);
if (none.length > 0) {
  console.error(`nothing was sent of the kind ${none}`);
}
process.exit(bad > 0 || caught < wrong.length || none.length > 0 ? 1 : 0);
