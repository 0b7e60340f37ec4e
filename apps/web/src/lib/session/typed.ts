/**
 * What has been typed and not been sent. Each form that is to be kept says so of itself; what was typed stays
 * where it is, in the form's own state.
 */

type Probe = () => boolean

const probes = new Set<Probe>()

/** Has `probe` asked from now on, until the function that comes back is called. */
export const noteForm = (probe: Probe): (() => void) => {
  probes.add(probe)
  return () => void probes.delete(probe)
}

/** Whether something would be lost with the page. */
export const isAnythingTyped = (): boolean => [...probes].some((probe) => probe())
