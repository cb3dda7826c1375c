/** The other options of the readings that neither the configuration nor a calibration sets. */
import { READINGS, type ReadingId, type Readings } from '../../../../src/protocol/readings.js';
import {
  type ConfigurationFiles,
  loadConfiguration,
} from '../../../options/configuration-files.js';

export interface Alternative {
  readonly id: ReadingId;
  readonly option: string;
}

/** The readings that the files set have their option whatever the default is. */
export async function openReadings(
  files: ConfigurationFiles,
  host: string,
): Promise<ReadonlySet<ReadingId>> {
  const { settings } = await loadConfiguration(files, host);
  const others = Object.fromEntries(
    READINGS.map(({ id, options }) => [id, options.find((one) => one !== settings.readings[id])]),
  );
  const changed = await loadConfiguration({ ...files, readings: others }, host);
  const isOpen = (id: ReadingId) => changed.settings.readings[id] !== settings.readings[id];
  return new Set(READINGS.map(({ id }) => id).filter(isOpen));
}

export function alternativesTo(
  current: Readings,
  open: ReadonlySet<ReadingId>,
): readonly Alternative[] {
  return READINGS.filter(({ id }) => open.has(id)).flatMap((row) => {
    const options: readonly string[] =
      'example' in row ? [...row.options, row.example] : row.options;
    return options
      .filter((one) => one !== current[row.id])
      .map((option) => ({ id: row.id, option }));
  });
}

/** As defaults of a server. */
export function readingsWith({ id, option }: Alternative): Partial<Readings> {
  return { [id]: option };
}
