import { useLayoutEffect } from 'react'

/**
 * The frame that stands in the page as it comes from the server (index.html), painted before there is any
 * script. It says nothing of anybody.
 */

const frame = () => document.getElementById('frame')

export const isFrameShown = (): boolean => frame() !== null

/** Takes the frame away in the same moment in which what stands beside this is drawn in its place. */
export const WithoutFrame = () => {
  useLayoutEffect(() => frame()?.remove(), [])
  return null
}
