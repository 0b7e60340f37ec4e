import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { noteWork, useMyWorks } from '../../components/work/use-works.ts'
import { KIND_WORDS, percentOf, phaseWords, resultWords, STATE_WORDS } from '../../components/work/words.ts'
import { BACKGROUND } from '../../lib/client.ts'
import { notify } from '../../lib/notify.ts'
import { onWork } from '../../lib/session/change-link.ts'
import { client } from '../../lib/trpc.ts'
import classes from './shell.module.css'

/** That something goes on which one has asked for, and, when it has ended, what came of it. */
export const WorkSign = () => {
  const works = useMyWorks().data?.items
  const before = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => onWork(() => void noteWork()), [])
  useEffect(() => {
    if (works === undefined) return
    const now = new Set(works.map(({ id }) => id))
    for (const id of before.current) if (!now.has(id)) void tell(id)
    before.current = now
  }, [works])
  const [first, ...more] = works ?? []
  if (first === undefined) return null
  const percent = percentOf(first)
  const others = more.length === 0 ? '' : `, and ${more.length} more`
  const far = percent === null ? phaseWords(first).toLowerCase() : `${percent} percent`
  return (
    <Link
      to="/work"
      className={classes.seal}
      aria-label={`${KIND_WORDS[first.kind]}, ${far}${others}: open long work`}
    >
      <span className={classes.pulse} aria-hidden="true" />
      <span className={classes.workWord}>
        {KIND_WORDS[first.kind]}
        {percent === null ? '' : ` ${percent} %`}
        {more.length === 0 ? '' : ` +${more.length}`}
      </span>
    </Link>
  )
}

const tell = async (id: string): Promise<void> => {
  const work = await client.works.get.query({ id }, { context: BACKGROUND }).catch(() => null)
  if (work === null) return
  void noteWork()
  notify({
    title: `${KIND_WORDS[work.kind]}: ${STATE_WORDS[work.state].label.toLowerCase()}`,
    message: resultWords(work) ?? '',
  })
}
