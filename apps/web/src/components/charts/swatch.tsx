import { useId } from 'react'
import { DASHES, FillPattern, PointMark, patternId } from './chart-mark.tsx'
import classes from './charts.module.css'

interface Props {
  readonly index: number
  readonly color: string
}

/** A series in a legend, as its bars are filled. */
export const BarSwatch = ({ index, color }: Props) => {
  const id = patternId(useId(), index)
  return (
    <svg className={classes.swatch} width={12} height={12} aria-hidden="true">
      <defs>
        <FillPattern id={id} index={index} color={color} />
      </defs>
      <rect width={12} height={12} rx={2} fill={`url(#${id})`} />
    </svg>
  )
}

/** A series in a legend, as its line is drawn. */
export const LineSwatch = ({ index, color }: Props) => (
  <svg className={classes.swatch} width={26} height={12} aria-hidden="true">
    <line x1={0} y1={6} x2={26} y2={6} stroke={color} strokeWidth={2} strokeDasharray={DASHES[index]} />
    <PointMark cx={13} cy={6} index={index} color={color} />
  </svg>
)
