/** The result of `--each-reading`: the sentences that the carrier never clarified and that the green run rests on. */
import type { ReadingId, Readings } from '../../../../src/protocol/readings.js';
import { type Bilingual, bilingual, type Language } from '../../../../src/text/bilingual.js';
import { printable } from '../../../../src/text/printable.js';
import { READING_WORDS, sectionWords } from '../../../explain/reading-words.js';
import type { Alternative } from './alternatives.js';
import type { ChangedTest } from './outcomes.js';
import { eachReadingWords } from './words.js';

/** The end of a run with another option. */
export interface AlternativeRun extends Alternative {
  readonly status: number;
  /** Of a run that failed. */
  readonly tests: readonly ChangedTest[];
  /** The file with the output of the command. */
  readonly output: string | null;
}

export interface EachReading {
  /** The options of the green run. */
  readonly assumed: Readings;
  readonly runs: readonly AlternativeRun[];
  /** The options that change no answer, so that the command did not run with them. */
  readonly unaffected: readonly Alternative[];
}

interface Option {
  readonly option: string;
  readonly meaning: Bilingual;
}

/** A sentence of the document, and the options with which the command fails. */
interface Sentence {
  readonly id: ReadingId;
  readonly title: Bilingual;
  readonly section: string;
  /** As in the document. */
  readonly sentence: string;
  readonly assumed: Option;
  readonly failing: readonly (Option & Pick<AlternativeRun, 'status' | 'tests' | 'output'>)[];
  /** What to ask the carrier. */
  readonly question: Bilingual;
}

export function sentencesIn({ assumed, runs }: EachReading): readonly Sentence[] {
  const failed = runs.filter(({ status }) => status !== 0);
  return [...new Set(failed.map(({ id }) => id))].map((id) => {
    const { title, section, sentence } = READING_WORDS[id];
    const own = optionOf(id, assumed[id]);
    const failing = failed
      .filter((run) => run.id === id)
      .map(({ option, status, tests, output }) => ({
        ...optionOf(id, option),
        status,
        tests,
        output,
      }));
    return {
      id,
      title,
      section,
      sentence,
      assumed: own,
      failing,
      question: questionOf(id, [own, ...failing]),
    };
  });
}

function optionOf(id: ReadingId, option: string): Option {
  const { meanings } = READING_WORDS[id];
  const [kind] = option.split(':');
  const row = meanings.find((one) => one.option === option || one.option.startsWith(`${kind}:`));
  return { option, meaning: row?.meaning ?? { en: option, zh: option } };
}

const OR: Bilingual = { en: '; or ', zh: '，还是' };

function questionOf(id: ReadingId, options: readonly Option[]): Bilingual {
  const choices = bilingual((language) =>
    options.map(({ meaning }) => meaning[language]).join(OR[language]),
  );
  return eachReadingWords('question', { title: READING_WORDS[id].title, choices });
}

// The report has all.
const TESTS_SHOWN_MAX = 5;

/** For people. `shownMax` limits the tests of an option. */
export function eachReadingText(
  result: EachReading,
  language: Language,
  shownMax = TESTS_SHOWN_MAX,
): string {
  const words = (text: Bilingual) => text[language];
  const sentences = sentencesIn(result);
  const lines = [
    words(headOf(result, sentences.length)),
    ...sentences.flatMap((sentence) => sentenceLines(sentence, words, shownMax)),
    ...(sentences.length === 0 ? [] : [`  ${words(eachReadingWords('next'))}`]),
  ];
  return lines.map(printable).join('\n');
}

function headOf({ runs, unaffected }: EachReading, sentences: number): Bilingual {
  if (sentences === 0)
    return eachReadingWords('none', {
      runs: runs.length,
      options: runs.length + unaffected.length,
    });
  return sentences === 1 ? eachReadingWords('one') : eachReadingWords('some', { sentences });
}

type InLanguage = (text: Bilingual) => string;

function sentenceLines(
  { id, title, section, sentence, assumed, failing, question }: Sentence,
  words: InLanguage,
  shownMax: number,
): readonly string[] {
  return [
    `  ${words(eachReadingWords('heading', { id, title, section: sectionWords(section) }))}`,
    `    ${words(eachReadingWords('sentence', { sentence }))}`,
    `    ${words(eachReadingWords('assumed', { ...assumed }))}`,
    ...failing.flatMap(({ option, meaning, status, tests, output }) => {
      const shown = tests.slice(0, shownMax);
      const left = tests.length - shown.length;
      return [
        `    ${words(eachReadingWords('failing', { option, meaning, status }))}`,
        ...shown.map((test) => `      ${words(testWords(test))}`),
        ...(left === 0 ? [] : [`      ${words(eachReadingWords('more', { left }))}`]),
        ...(output === null ? [] : [`      ${words(eachReadingWords('output', { output }))}`]),
      ];
    }),
    `    ${words(question)}`,
  ];
}

function testWords({ app, before, after }: ChangedTest): Bilingual {
  if (before === null && after === null) return eachReadingWords('form', { app });
  const none = eachReadingWords('no-request');
  return eachReadingWords('code', { app, before: before ?? none, after: after ?? none });
}

/** By name. */
export function eachReadingFiles(
  result: EachReading,
  language: Language,
): readonly (readonly [name: string, content: string])[] {
  const { runs, unaffected } = result;
  const data = { sentences: sentencesIn(result), runs, unaffected };
  return [
    ['each-reading.txt', `${eachReadingText(result, language, Number.POSITIVE_INFINITY)}\n`],
    ['each-reading.json', `${JSON.stringify(data, undefined, 2)}\n`],
  ];
}
