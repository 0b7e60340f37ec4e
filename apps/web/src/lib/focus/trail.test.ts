import { describe, expect, it } from 'vitest'
import { nextAfter, type Place, trailOf } from './trail.ts'

/** A page in memory: what begins with a letter in capitals takes the focus. */
class Part implements Place<Part> {
  readonly name: string
  readonly children: Part[]
  parentElement: Part | null = null

  constructor(name: string, children: Part[] = []) {
    this.name = name
    this.children = children
    for (const child of children) child.parentElement = this
  }

  get localName(): string {
    return this.name.split('-')[0] ?? ''
  }

  get isConnected(): boolean {
    return this.name === 'page' || (this.parentElement?.isConnected ?? false)
  }

  remove(): void {
    const siblings = this.parentElement?.children ?? []
    siblings.splice(siblings.indexOf(this), 1)
    this.parentElement = null
  }
}

const takesFocus = ({ name }: Part) => /^[A-Z]/.test(name)
const part = (name: string, ...children: Part[]) => new Part(name, children)
const row = (name: string) =>
  part(
    `row-${name}`,
    part('cell', part(`Link-${name}`)),
    part('cell', part(`Approve-${name}`), part(`Reject-${name}`)),
  )

const list = () => {
  const rows = [row('a'), row('b'), row('c')]
  const body = part('body', ...rows)
  const page = part('page', part('header', part('Menu')), part('panel', part('Filter'), part('table', body)))
  return { page, rows }
}
const within = (from: Part | undefined, ...path: number[]): Part => {
  const found = path.reduce<Part | undefined>((node, place) => node?.children[place], from)
  if (found === undefined) throw new Error('There is no such part.')
  return found
}

describe('after a row that is gone', () => {
  it('comes the same button of the row in its place', () => {
    const { page, rows } = list()
    const trail = trailOf(within(rows[1], 1, 1))
    rows[1]?.remove()
    expect(nextAfter(trail, page, takesFocus)?.name).toBe('Reject-c')
  })

  it('comes the row before it where it was the last', () => {
    const { page, rows } = list()
    const trail = trailOf(within(rows[2], 1, 0))
    rows[2]?.remove()
    expect(nextAfter(trail, page, takesFocus)?.name).toBe('Link-b')
  })

  it('comes nothing where it was the only one: what stands above a list is not next', () => {
    const { page, rows } = list()
    const trail = trailOf(within(rows[0], 1, 0))
    for (const one of rows) one.remove()
    expect(nextAfter(trail, page, takesFocus)).toBeNull()
  })

  it('comes nothing where words stand in the place of the whole list', () => {
    const { page, rows } = list()
    const trail = trailOf(within(rows[0], 1, 0))
    const panel = within(page, 1)
    within(panel, 1).remove()
    panel.children.push(part('words'))
    expect(nextAfter(trail, page, takesFocus)).toBeNull()
  })
})

describe('after a button that is gone', () => {
  it('comes the one in its place', () => {
    const [lock, end] = [part('Lock'), part('End')]
    const page = part('page', part('actions', lock, end), part('Later'))
    const trail = trailOf(lock)
    lock.remove()
    expect(nextAfter(trail, page, takesFocus)?.name).toBe('End')
  })

  it('comes what follows on the page where its part is gone with it', () => {
    const lock = part('Lock')
    const actions = part('actions', lock)
    const page = part('page', actions, part('panel', part('Later')))
    const trail = trailOf(lock)
    actions.remove()
    expect(nextAfter(trail, page, takesFocus)?.name).toBe('Later')
  })
})
