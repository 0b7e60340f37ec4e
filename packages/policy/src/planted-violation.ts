import * as above from '../../db/src/index.ts'

export const planted = above
