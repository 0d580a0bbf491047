import { type APIEmbed, type APIEmbedField, ComponentType } from 'discord.js';
import type { NotedFailure } from '../../app/classifier.ts';
import type { Report, ReportDetails, Work } from '../../app/status.ts';
import { customId } from '../component.ts';
import type { Texts } from '../texts.ts';
import { AMBER } from './cutMark.ts';
import { ACCENT } from './helpCard.ts';

export const STATUS_FAILURE = 'status-failure';

/** Discord's limits: of a field, and of a choice. */
const FIELD = 1_024;
const CHOICE = 100;
const REASON = 200;

/** How Troupe runs: in one line, and with what whoever looks after a home is told besides. */
export function statusCard({ isWell, details }: Report, { status: words }: Texts, now: number) {
  if (details === null) return { content: isWell ? words.well : words.notWell };
  const { failures } = details;
  const isFine = isWell && details.backupFailed === null;
  const embed: APIEmbed = {
    color: isFine ? ACCENT : AMBER,
    title: isFine ? words.title.well : words.title.notWell,
    fields: [
      field(words.running, [
        words.since(details.version, seconds(details.since)),
        words.model(details.model),
        words.classifier(details.classifier),
      ]),
      field(words.owed, worded(details.owed, words)),
      ...givenUp(details, words),
      field(words.backup, backup(details, words)),
      field(words.failures, [
        ...failures.map((failure) => line(failure, words)),
        ...(failures.length === 0 ? [words.noFailures] : []),
      ]),
    ],
    footer: { text: words.asOf },
    timestamp: new Date(now).toISOString(),
  };
  return { embeds: [embed], components: failures.length === 0 ? [] : [pick(failures, words)] };
}

/** What a model said that could not be used. */
export function failureText(failure: NotedFailure, { status: words }: Texts): APIEmbed {
  // Its own fences would end ours.
  const text = failure.raw.replaceAll('```', "'''");
  return {
    color: AMBER,
    title: words.said,
    description: `${line(failure, words)}\n\`\`\`\n${text}\n\`\`\``,
  };
}

function givenUp({ givenUp: work, reasons }: ReportDetails, words: Texts['status']) {
  if (work.length === 0) return [];
  const why = reasons.map((reason) => words.reason(reason.slice(0, REASON)));
  return [field(words.givenUp, [...worded(work, words), ...why, words.restart])];
}

function backup({ backup: made, backupFailed }: ReportDetails, words: Texts['status']): string[] {
  const newest =
    made === null
      ? words.noBackup
      : words.made(seconds(made.at), (made.bytes / 1_000_000).toFixed(1));
  return backupFailed === null ? [newest] : [newest, words.backupFailed(seconds(backupFailed))];
}

const worded = (work: readonly Work[], words: Texts['status']): string[] =>
  work.length === 0 ? [words.nothing] : work.map(({ kind, count }) => words.work[kind](count));

function pick(failures: readonly NotedFailure[], words: Texts['status']) {
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.StringSelect as const,
        custom_id: customId(STATUS_FAILURE),
        placeholder: words.pick,
        options: failures.map((failure) => ({
          label: what(failure, words).slice(0, CHOICE),
          description: failure.model.slice(0, CHOICE),
          value: String(failure.id),
        })),
      },
    ],
  };
}

const what = ({ kind, problem }: NotedFailure, words: Texts['status']): string =>
  `${words.questions[kind]}: ${words.problems[problem]}`;

function line(failure: NotedFailure, words: Texts['status']): string {
  const { at, model, attempts } = failure;
  return `<t:${seconds(at)}:R> ${what(failure, words)} (${words.attempts(model, attempts)})`;
}

/** Whole lines, as many as there is room for. */
function field(name: string, lines: readonly string[]): APIEmbedField {
  const fitting = lines.reduce((text, line) => {
    const longer = text === '' ? line : `${text}\n${line}`;
    return longer.length <= FIELD ? longer : text;
  }, '');
  return { name, value: fitting };
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1_000);
