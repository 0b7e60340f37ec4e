import { truncationBits } from '@chartward/crypto'

/** How many patients the name tokens are planned for: at that size about eight people share each token. */
const PLANNED_POPULATION = 1_000_000

export const NAME_BITS = truncationBits(PLANNED_POPULATION)
