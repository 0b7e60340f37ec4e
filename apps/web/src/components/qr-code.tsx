import { encode } from 'uqr'

/** One path of unit squares: drawn as elements, because the page's policy lets no markup be set as text. */
export const qrPath = (modules: readonly (readonly boolean[])[]): string => {
  let path = ''
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) path += `M${x} ${y}h1v1h-1z`
    })
  })
  return path
}

/** A QR code with the quiet zone of four modules that ISO/IEC 18004 asks for. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  return (
    <svg
      width="176"
      height="176"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={qrPath(data)} fill="#000" />
    </svg>
  )
}
