/** How models begin when they will not answer, in the languages that Troupe's own texts are written in. */
const openings =
  /^\W*(i('| a)?m (really |very |so )?sorry|sorry\b|my apologies|i (can('|no)?t|am (not able|unable)|won'?t|will not|must decline)|i'm (not able|unable)|as an ai|unfortunately, i|к сожалению|извините|прошу прощения|простите|я не (могу|буду|в состоянии)|как (языковая модель|ии))/iu;

/** Whether what a model said instead of an answer says that it will not give one. */
export const isRefusal = (text: string): boolean => openings.test(text.replaceAll('’', "'"));
