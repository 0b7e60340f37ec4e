/*
 * Numbers as the report writes them: the same everywhere, and by no locale of the machine, so that the same
 * report is the same bytes.
 */

const NONE = '–'

/** 30162: "30,162". */
export const count = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** "1 row", "2 rows". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

/**
 * A measured share, to about three digits: 0.2: "20.0%", 0.0435: "4.35%". Only none is "0%" and only all is
 * "100%": what is nearly so says that it is not.
 */
export const share = (value: number): string => {
  if (!Number.isFinite(value)) return NONE
  if (value === 0 || value === 1) return `${100 * value}%`
  if (value > 0 && value < 0.0001) return '< 0.01%'
  if (value > 0.999 && value < 1) return '> 99.9%'
  return `${(100 * value).toFixed(value < 0.1 ? 2 : 1)}%`
}

/** A share that somebody chose, as it was chosen: 0.2: "20%", 0.005: "0.5%". */
export const chosenShare = (value: number): string => `${Number((100 * value).toPrecision(12))}%`

/** A loss or a distance, 0 to 1: "0.0620". */
export const fraction = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : NONE)

/** Any other measured number: "5,012.25", "3.00". */
export const measured = (value: number): string => {
  if (!Number.isFinite(value)) return NONE
  const [whole = '', rest = ''] = Math.abs(value).toFixed(2).split('.')
  return `${value < 0 ? '-' : ''}${count(Number(whole))}.${rest}`
}

/** A number that somebody chose, as it was chosen. */
export const chosen = (value: number): string => String(value)
