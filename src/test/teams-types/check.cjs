// node check.cjs SCHEMA FOLDER: each FOLDER/*.json must be an Adaptive Card 1.5 by its published schema (Teams' own
// member "msteams" apart), and the published renderer must read it without an event; FOLDER/manifest-*.json must be an app manifest
// 1.29. Exits 1 when one is not, and when
// there is none or a wrong one would pass.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { default: Ajv } = require('ajv');

global.window = global; // what the renderer asks for when it is loaded; nothing is drawn here
const AC = require('adaptivecards/dist/adaptivecards.min.js');

const MOST_OCTETS = 20480;
const [schemaFile, folder] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
delete schema.id; // draft 6 calls it $id
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
const valid = ajv.compile(schema);

function faults(card) {
  const found = [];
  const { msteams, ...rest } = card;
  if (!valid(rest)) {
    found.push(...valid.errors.slice(0, 3).map((e) => `schema: ${e.instancePath} ${e.message}`));
  }
  const drawn = new AC.AdaptiveCard();
  const context = new AC.SerializationContext();
  drawn.parse(card, context);
  for (let i = 0; i < context.eventCount; i++) {
    found.push(`renderer: ${context.getEventAt(i).message}`);
  }
  found.push(...drawn.validateProperties().validationEvents.map((e) => `renderer: ${e.message}`));
  if (Buffer.byteLength(JSON.stringify(card)) > MOST_OCTETS) {
    found.push('too large');
  }
  // The renderer keeps where its pattern for languages stopped, and refuses every second card for it.
  return found.filter((f) => f !== 'renderer: Invalid value "en" for property "lang".');
}

function wrong(change) {
  const card = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text: 'x' }],
    actions: [
      { type: 'Action.ShowCard', title: 'a', card: { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'a' }] } },
      { type: 'Action.ShowCard', title: 'b', card: { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'b' }] } },
    ],
  };
  change(card);
  return card;
}

const WRONG = [
  (c) => (c.type = 'Card'),
  (c) => c.body.push({ type: 'Marquee', text: 'x' }),
  (c) => c.body.push({ type: 'RichTextBlock', text: 'no runs' }),
  (c) => c.body.push({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'x', fontType: 'Comic' }] }),
  (c) => c.body.push({ type: 'TextBlock', text: 'x', size: 'Enormous' }),
  (c) => c.body.push({ type: 'Input.ChoiceSet', id: 'c', choices: [{ title: 'x', value: 1 }] }),
  (c) => c.actions.push({ type: 'Action.Execute', verb: 'x', data: {}, title: 1 }),
  (c) => (c.actions[1].card.body[0].id = 'a'),
  (c) => (c.refresh = { action: { type: 'Action.Submit' }, userIds: 'all' }),
  (c) => c.body.push({ type: 'TextBlock', text: 'x'.repeat(MOST_OCTETS) }),
].map(wrong);

// The app's manifest, by the published schema of its version.
const manifest = JSON.parse(
  readFileSync(require.resolve('@microsoft/app-manifest/package.json').replace(/package\.json$/,
    'build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json'), 'utf8'));
const Draft4 = require('ajv-draft-04').default;
const draft4 = new Draft4({ strict: false });
require('ajv-formats').default(draft4);
const validManifest = draft4.compile(manifest);
const MANIFEST = /^manifest-/;

function manifestFaults(app) {
  return validManifest(app) ? [] : validManifest.errors.slice(0, 3).map((e) => `schema: ${e.instancePath} ${e.message}`);
}

const right = faults(wrong(() => {}));
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
let bad = 0;
for (const file of files) {
  const json = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const found = MANIFEST.test(file) ? manifestFaults(json) : faults(json);
  if (found.length > 0) {
    console.error(`${file}\n  ${found.join('\n  ')}`);
    bad++;
  }
}
const caught = WRONG.filter((card) => faults(card).length > 0).length;
const manifests = files.filter((file) => MANIFEST.test(file)).length;
const loose = manifestFaults({ manifestVersion: '1.29', bots: [{ scopes: ['everywhere'] }] }).length === 0;
console.log(`${files.length - manifests} cards, ${manifests} manifest; ${bad} are wrong; ${caught} of ${WRONG.length} wrong ones were caught`);
process.exit(bad > 0 || loose || manifests === 0 || caught < WRONG.length || right.length > 0 || files.length === 0 ? 1 : 0);
