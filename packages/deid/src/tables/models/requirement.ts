import type { Model } from '../format/model.ts'
import type { Classes, Histogram } from './classes.ts'

/** One model, made ready for one table: what compiling it yields. */
export interface Requirement {
  readonly kind: Model['kind']
  /** No class of fewer patients can hold; 1 where any may. */
  readonly minimumPatients: number
  /**
   * Whether joining two classes that hold always gives one that holds. True for models of the table: they say
   * nothing of a class.
   */
  readonly monotone: boolean
  /** Whether class `at` holds. Null where the class holds exactly if it has `minimumPatients`. */
  readonly classHolds: ((classes: Classes, at: number) => boolean) | null
  /** Whether the release holds, given the patients of each class. Null for models of a class. */
  readonly tableHolds: ((patients: Int32Array) => boolean) | null
  /**
   * The value reached by a release, in the model's own unit: that of the worst class, or of the table. 0
   * where nothing is released.
   */
  readonly reached: (classes: Classes) => number
}

/** A model of the values of one sensitive attribute in a class: a number, and which numbers hold. */
export interface HistogramModel {
  readonly kind: Model['kind']
  /** Which of `Classes.histograms` it reads. */
  readonly histogram: number
  readonly minimumPatients: number
  readonly monotone: boolean
  /** Which of two classes is the worse: the one with the `least` or the `greatest` value. */
  readonly worst: 'least' | 'greatest'
  /** Allocates nothing: a search asks it of millions of classes. */
  readonly measure: (histogram: Histogram, at: number) => number
  readonly holds: (measured: number) => boolean
}

const emptyHistogram: Histogram = {
  starts: new Int32Array(1),
  values: new Int32Array(),
  patients: new Int32Array(),
}

export const byHistogram = (model: HistogramModel): Requirement => {
  const { histogram: index, measure, holds, worst } = model
  const histogramOf = (classes: Classes): Histogram => classes.histograms[index] ?? emptyHistogram
  return {
    kind: model.kind,
    minimumPatients: model.minimumPatients,
    monotone: model.monotone,
    classHolds: (classes, at) => holds(measure(histogramOf(classes), at)),
    tableHolds: null,
    reached: (classes) => {
      const histogram = histogramOf(classes)
      if (classes.count === 0) return 0
      let reached = measure(histogram, 0)
      for (let at = 1; at < classes.count; at++) {
        const value = measure(histogram, at)
        if (worst === 'least' ? value < reached : value > reached) reached = value
      }
      return reached
    },
  }
}

/** The patients of the smallest class; 0 where there is none. */
export const smallest = (patients: Int32Array): number => {
  let least = patients[0] ?? 0
  for (const count of patients) if (count < least) least = count
  return least
}

/** A model that a class holds exactly if it has so many patients. */
export const bySize = (
  kind: Model['kind'],
  minimumPatients: number,
  reached: (smallestClass: number) => number,
): Requirement => ({
  kind,
  minimumPatients,
  monotone: true,
  classHolds: null,
  tableHolds: null,
  reached: ({ patients, count }) => (count === 0 ? 0 : reached(smallest(patients.subarray(0, count)))),
})

/** A model of the release as a whole. */
export const byTable = (
  kind: Model['kind'],
  measure: (patients: Int32Array) => number,
  holds: (measured: number) => boolean,
): Requirement => ({
  kind,
  minimumPatients: 1,
  monotone: true,
  classHolds: null,
  tableHolds: (patients) => holds(measure(patients)),
  reached: ({ patients, count }) => measure(patients.subarray(0, count)),
})
