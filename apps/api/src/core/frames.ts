import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url))
const PACKAGES = '/node_modules/'
const MOST_FRAMES = 10

/**
 * What V8 writes before the message: the name, and of Node's own errors the code. A colon follows where
 * both are there.
 */
const HEAD = /^[\w$]+(?: \[\w+\])?(?:: )?/
const FRAME = /^ {4}at (?:.*\()?(?:async )?((?:file:|node:|\/).+?):(\d+)(?::\d+)?\)?$/
const SOURCE = /^[\w@.+/-]+\.[cm]?[jt]sx?$/
const NODE_MODULE = /^node:(?!internal)[\w/]+$/

/**
 * The part of a stack behind its message, or nothing where the message that stands there is not the one that
 * the error has now: a message can hold lines that look like frames.
 */
const behindMessage = ({ stack, message }: Error): string => {
  if (typeof stack !== 'string' || typeof message !== 'string') return ''
  const head = HEAD.exec(stack)?.[0] ?? ''
  if (head.endsWith(': '))
    return message !== '' && stack.startsWith(message, head.length)
      ? stack.slice(head.length + message.length)
      : ''
  return stack.slice(message !== '' && stack.startsWith(message) ? message.length : head.length)
}

/**
 * A file of ours by its path in the repository, one of a package from the package's name on; null for
 * anything else.
 */
const placeOf = (file: string): string | null => {
  if (NODE_MODULE.test(file)) return file
  if (file.startsWith('node:')) return null
  const path = file.startsWith('file:') ? fileURLToPath(file) : file
  const at = path.lastIndexOf(PACKAGES)
  const place = at === -1 ? relative(REPOSITORY, path) : path.slice(at + PACKAGES.length)
  return SOURCE.test(place) && !place.startsWith('..') ? place : null
}

/**
 * Where an error was made and by what way, as `file:line`, the innermost first. Names of functions and
 * columns are left out.
 */
export const framesOf = (error: Error): string[] => {
  const rest = behindMessage(error)
  if (!rest.startsWith('\n    at ')) return []
  const places: string[] = []
  for (const line of rest.slice(1).split('\n')) {
    const [, file, number] = FRAME.exec(line) ?? []
    const place = file === undefined ? null : placeOf(file)
    if (place !== null && places.length < MOST_FRAMES) places.push(`${place}:${number}`)
  }
  return places
}
