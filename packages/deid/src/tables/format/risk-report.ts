import type { Model } from './model.ts'
import type { Content, Plan, Profile, Role } from './plan.ts'
import type { Risks, TableManifest, Utility } from './table-release.ts'

/**
 * What is known of a release before its files are written: what the report and the dictionary, two of those
 * files, are made from.
 */
export type TableRelease = Omit<TableManifest, 'files'>

/**
 * The released classes of `from` to `to` patients, both included, and how many patients are in them. `to` is
 * null for the last, without an end.
 */
export interface ClassSizes {
  readonly from: number
  readonly to: number | null
  readonly classes: number
  readonly patients: number
}

/**
 * A solution that a search found, the released one among them. What compareSolutions gives is one of these.
 */
export interface Alternative {
  readonly method: TableManifest['method']
  readonly proof: TableManifest['proof']
  /** Full-domain only: the level of each quasi-identifier. */
  readonly levels: Readonly<Record<string, number>> | null
  readonly suppressedRows: number
  readonly utility: Utility
  /** What a choice goes by: the lower the better. */
  readonly metrics: Readonly<Record<Plan['metric'], number>>
  readonly risks: Risks
  /** By ascending size. */
  readonly classSizes: readonly ClassSizes[]
}

/** A model that was asked for, what it means, and whether the release keeps it. */
export interface ModelVerdict {
  readonly model: Model
  readonly name: string
  readonly meaning: string
  /** The sensitive column that it is about, or null. */
  readonly attribute: string | null
  readonly relation: 'at least' | 'less than' | 'at most'
  readonly asked: number
  readonly reached: number
  /**
   * How both numbers are meant: patients and values are counted, ratio and distance are bare numbers, a share
   * is a part of 1.
   */
  readonly unit: 'patients' | 'values' | 'ratio' | 'distance' | 'share'
  readonly estimated: boolean
  readonly holds: boolean
}

export interface ReportProfile {
  readonly profile: Profile
  readonly name: string
  readonly citation: string
  readonly meaning: string
  /** What the claim stands on beside the data, by name: the expert and the day, or the data use agreement. */
  readonly basis: readonly { readonly name: string; readonly value: string }[]
}

export interface ReportColumn {
  readonly name: string
  readonly role: Role | 'patient'
  /** The identifier category that its values are of, or null where they are of none. */
  readonly category: { readonly title: string; readonly citation: string } | null
  readonly content: Content
  /** What was done to it, in a sentence. */
  readonly done: string
  /** Quasi-identifiers: the loss of the column, as Utility has it, and how it counts beside the others. */
  readonly loss: number | null
  readonly weight: number
}

/**
 * The risk to a person of whom it is not known whether they are in the data, as estimated from a claimed size
 * of the population.
 */
export interface JournalistRisk {
  readonly population: number
  readonly before: number
  readonly after: number
}

/**
 * What a release is, which risk is left in it and what it cost: the facts behind the page that people read.
 * Holds no value of a record.
 */
export interface RiskReport {
  readonly format: 'chartward-risk-report/1'
  readonly engine: string
  readonly title: string
  readonly asOf: string
  readonly planSha256: string
  readonly profile: ReportProfile
  readonly source: TableManifest['source']
  readonly released: TableManifest['released']
  readonly suppressionLimit: number
  /** Columns of the source that the release does not have. */
  readonly columnsLeftOut: number
  /** Whether patients are told apart by a column, or every row is taken for a patient of its own. */
  readonly countsPatientsBy: 'column' | 'row'
  readonly method: TableManifest['method']
  readonly proof: TableManifest['proof']
  /** By which the released solution was chosen. */
  readonly metric: Plan['metric']
  readonly models: readonly ModelVerdict[]
  readonly risks: {
    readonly before: Risks
    readonly after: Risks
    readonly journalist: JournalistRisk | null
  }
  readonly utility: Utility
  readonly columns: readonly ReportColumn[]
  /** In the order in which they were given. */
  readonly alternatives: readonly (Alternative & { readonly released: boolean })[]
  /** What the figures do not say, each in a sentence or two. */
  readonly caveats: readonly string[]
}
