import type { TableManifest } from '../../format/table-release.ts'
import { fraction } from '../numbers.ts'

const METHODS: Readonly<Record<TableManifest['method'], string>> = {
  optimal: 'Full-domain',
  local: 'Local recoding',
  mondrian: 'Multidimensional (Mondrian)',
}

export const methodName = (method: TableManifest['method']): string => METHODS[method]

/** What is known of how good a solution is, in a sentence. */
export const proofName = (proof: TableManifest['proof']): string => {
  switch (proof.kind) {
    case 'optimal':
      return 'Proven: no other choice of levels for whole columns loses less.'
    case 'best-found':
      return `The best found; another could lose at most ${fraction(proof.gap)} less.`
    case 'heuristic':
      return 'Nothing is proven about how much less another could lose.'
    default:
      return proof satisfies never
  }
}
