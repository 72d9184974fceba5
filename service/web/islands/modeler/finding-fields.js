/** In which field of the panel a finding is mended: codes of the guard by entry of the panel. */
const FIELDS = {
  taskForm: ["user-task-without-form", "unknown-form"],
  taskRole: ["task-without-role", "empty-assignment", "unknown-role"],
  laneRole: ["lane-without-role"],
  taskDecision: ["rule-task-without-decision", "unknown-decision"],
  calledProcess: [
    "call-without-process",
    "unknown-process",
    "called-process-not-executable",
    "called-process-without-start",
  ],
  jobType: ["service-task-without-type", "unknown-job-type", "send-task-without-message"],
  name: ["task-without-name", "unnamed-branch"],
  conditionExpression: ["branch-without-condition", "empty-condition", "condition-not-boolean"],
  messageRef: ["message-without-ref", "receive-task-without-message"],
  plainMessageName: ["message-without-name", "message-name-expression", "message-name-twice"],
  messageSubscriptionCorrelationKey: ["message-without-key"],
  signalRef: ["signal-without-ref"],
  plain_signalName: ["signal-without-name", "signal-name-expression", "signal-name-twice"],
  plain_errorCode: ["error-without-code"],
  plain_escalationCode: ["escalation-without-code"],
  timerEventDefinitionType: ["timer-without-time", "cycle-on-catch", "cycle-interrupting"],
  timerValue: ["timer-literal", "date-without-offset", "timer-in-past"],
  "multiInstance-inputCollection": ["loop-without-collection", "collection-not-list"],
  linkName: ["link-without-name"],
  condition: ["condition-empty"],
  isExecutable: ["executable-not-stated", "no-process"],
};
const BY_CODE = new Map(
  Object.entries(FIELDS).flatMap(([entry, codes]) => codes.map((code) => [code, entry])),
);
/** Faults in an expression: whichever field of the element holds one. */
const IN_EXPRESSION = new Set([
  "feel-syntax",
  "feel-fault",
  "unknown-function",
  "expression-without-equals",
  "variable-never-written",
  "variable-written-later",
  "time-not-time",
]);
const EXPRESSIONS = {
  "bpmn:SequenceFlow": "conditionExpression",
  "bpmn:UserTask": "taskNormFeel",
  "bpmn:ScriptTask": "scriptExpression",
  "bpmn:BoundaryEvent": "timerValue",
  "bpmn:IntermediateCatchEvent": "timerValue",
};

/** The id of the entry, or nothing when the finding does not belong to one field. */
export function fieldOf(code, type) {
  return BY_CODE.get(code) ?? (IN_EXPRESSION.has(code) ? EXPRESSIONS[type] : undefined);
}
