import { Command } from 'commander';
import { listModels } from '../models/catalogue.js';
import { listImportedModels, modelsDirectory } from '../models/models-folder.js';
import { findOfficialModel, officialModels } from '../models/official/index.js';
import type { OfficialFile, OfficialModel } from '../models/official/official-model.js';
import { officialState } from './model-rows.js';
import { licenceText } from './models-list-command.js';
import { type CommandContext, printJson } from './terminal.js';

export function modelsInfoCommand({ terminal }: CommandContext): Command {
  return new Command('info')
    .description('Everything that is known of a model: origin, licence, citation, files, front end.')
    .argument('<id>', 'model id')
    .option('--models <folder>', 'folder of imported models')
    .option('--json', 'print as JSON')
    .action(async (id: string, options: { readonly models?: string; readonly json?: boolean }) => {
      const about = await aboutModel(id, modelsDirectory(options.models));
      if (options.json === true) return printJson(terminal, about);
      for (const [name, text] of lines(about)) terminal.out(`${name.padEnd(13)} ${text}`);
      return undefined;
    });
}

type Facts = Readonly<Record<string, unknown>>;

/** The card of a shipped or imported model, with what the official list says where it knows the id. */
async function aboutModel(id: string, modelsFolder: string): Promise<Facts> {
  const shipped = listModels().find(({ card }) => card.id === id);
  if (shipped !== undefined) return { ...shipped.card, state: 'shipped', path: shipped.path };
  const imported = (await listImportedModels(modelsFolder)).find((entry) => entry.id === id)?.model;
  const official = officialModels.find(
    ({ facts, networks }) => facts.id === id || networks.some((one) => one.id === id),
  );
  if (imported?.status === 'ok') {
    const { card, path } = imported.value;
    return { ...card, state: 'imported', path, ...(official === undefined ? {} : { official: official.files }) };
  }
  return officialFacts(official ?? findOfficialModel(id));
}

function officialFacts(model: OfficialModel): Facts {
  const { facts, ...rest } = model;
  return { ...facts, ...rest, state: officialState(model) };
}

function lines(about: Facts): (readonly [string, string])[] {
  const { nonCommercial, licence, files, notes, labels, ...rest } = about;
  const plain = Object.entries(rest)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => [name, String(value)] as const);
  const shownLicence = licenceText({ licence: String(licence), nonCommercial: nonCommercial === true });
  return [
    ...plain,
    ['licence', shownLicence],
    ...listed('file', files, fileText),
    ...listed('note', notes, String),
    ...(Array.isArray(labels) ? [['labels', `${labels.length} names`] as const] : []),
  ];
}

function listed(name: string, values: unknown, text: (value: never) => string): (readonly [string, string])[] {
  return Array.isArray(values) ? values.map((value) => [name, text(value as never)] as const) : [];
}

function fileText({ name, bytes, aboutBytes, sha256, source }: OfficialFile): string {
  const size =
    bytes === undefined ? (aboutBytes === undefined ? 'size unknown' : `about ${aboutBytes} bytes`) : `${bytes} bytes`;
  return [name, size, sha256 === undefined ? 'SHA-256 unknown' : `SHA-256 ${sha256}`, sourceText(source)].join(', ');
}

/** Imported files have no source of their own. */
function sourceText(source: OfficialFile['source'] | undefined): string {
  if (source === undefined) return 'made by the import';
  return source.kind === 'url' ? source.url : `${source.repo}@${source.revision} on the Hugging Face hub`;
}
