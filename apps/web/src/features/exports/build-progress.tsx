import { useWorks } from '../../components/work/use-works.ts'
import { isOpen } from '../../components/work/words.ts'
import { WorkProgress } from '../../components/work/work-progress.tsx'
import type { ExportView } from './export-view.ts'
import classes from './exports.module.css'

/** How far the building of an export is. */
export const BuildProgress = ({ request }: { request: ExportView }) => {
  const work = useWorks({ kind: 'build-export', subjectId: request.id, limit: 1 }).data?.items[0]
  if (work === undefined || !isOpen(work)) return null
  return (
    <div className={classes.build}>
      <WorkProgress work={work} />
    </div>
  )
}
