/**
 * The fragment of the sign-in page's door for patients. Browsers send it to no server, and no log of a proxy
 * has it.
 */
export const PATIENT_DOOR = '#own'

/** The fragment of the door at which somebody comes in. */
export const doorOf = ({ patientId }: { readonly patientId: string | null }): string =>
  patientId === null ? '' : PATIENT_DOOR
