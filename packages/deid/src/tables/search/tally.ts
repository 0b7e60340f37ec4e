import type { Classes, Histogram } from '../models/classes.ts'
import type { Units } from './units.ts'

/** Counts classes of units: rows, distinct patients, and distinct patients for each sensitive value. */
export interface Tally {
  /**
   * Class c has the members starts[c] to starts[c + 1]: units, ascending within a class, and for each the
   * rows of it that the class has. Histograms are made where the units hold sensitive values.
   */
  count(starts: ArrayLike<number>, members: ArrayLike<number>, rows: ArrayLike<number>): Classes
}

interface Counter {
  readonly codes: Int32Array
  /** By value: patients so far in this class, and the last patient that was counted. */
  readonly counts: Int32Array
  readonly last: Int32Array
  readonly entries: { values: number[]; patients: number[]; starts: Int32Array }
}

const ascending = (a: number, b: number): number => a - b

/**
 * Members are ascending, and so are their patients: a patient is new to a value where it isn't the last that
 * was counted for it.
 */
const countValues = (
  { codes, counts, last, entries }: Counter,
  at: number,
  members: ArrayLike<number>,
  rows: ArrayLike<number>,
  patients: Int32Array | null,
): void => {
  const from = entries.starts[at] ?? 0
  const to = entries.starts[at + 1] ?? 0
  const touched: number[] = []
  for (let member = from; member < to; member++) {
    const unit = members[member] ?? 0
    const value = codes[unit] ?? 0
    const had = counts[value] ?? 0
    if (had === 0) touched.push(value)
    if (patients === null) counts[value] = had + (rows[member] ?? 0)
    else {
      const patient = patients[unit] ?? 0
      if (had === 0 || last[value] !== patient) counts[value] = had + 1
      last[value] = patient
    }
  }
  touched.sort(ascending)
  for (const value of touched) {
    entries.values.push(value)
    entries.patients.push(counts[value] ?? 0)
    counts[value] = 0
  }
}

export const createTally = ({ patients, sensitive, sensitiveBounds }: Units): Tally => {
  const scratch = sensitiveBounds.map((bound) => ({
    counts: new Int32Array(bound),
    last: new Int32Array(bound),
  }))
  return {
    count: (starts, members, rows) => {
      const count = starts.length - 1
      const classRows = new Int32Array(count)
      const classPatients = patients === null ? classRows : new Int32Array(count)
      const classStarts = Int32Array.from(starts)
      for (let at = 0; at < count; at++) {
        let last = -1
        let distinct = 0
        let total = 0
        for (let member = classStarts[at] ?? 0; member < (classStarts[at + 1] ?? 0); member++) {
          total += rows[member] ?? 0
          if (patients === null) continue
          const patient = patients[members[member] ?? 0] ?? 0
          if (patient !== last) distinct++
          last = patient
        }
        classRows[at] = total
        if (patients !== null) classPatients[at] = distinct
      }
      const histograms = sensitive.map((codes, which): Histogram => {
        const { counts, last } = scratch[which] ?? { counts: new Int32Array(), last: new Int32Array() }
        const entries: Counter['entries'] = { values: [], patients: [], starts: classStarts }
        const histogramStarts = new Int32Array(count + 1)
        for (let at = 0; at < count; at++) {
          countValues({ codes, counts, last, entries }, at, members, rows, patients)
          histogramStarts[at + 1] = entries.values.length
        }
        return {
          starts: histogramStarts,
          values: Int32Array.from(entries.values),
          patients: Int32Array.from(entries.patients),
        }
      })
      return { count, rows: classRows, patients: classPatients, histograms }
    },
  }
}
