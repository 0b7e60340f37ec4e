import { zip3Of } from '../../shared/zip3.ts'
import type { Apply } from './context.ts'

const WITHHELD = '000'
const THREE = /^\d{3}$/

/**
 * The ZIP Code's first three digits where more than 20,000 people live (2020 Census), else 000; 000 too for
 * what is no ZIP Code of five digits, of nine, or already of three.
 */
export const zip3: Apply = (value) => zip3Of(THREE.test(value) ? `${value}00` : value) ?? WITHHELD
