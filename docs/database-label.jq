# The lines of a label that the label database of the NIH gives as JSON (API version 9), for: mgform label -
# Behind a blend comes what stands in it. An amount of 0 NP is one that the label does not give.

def given: map(select(. != null and . != ""));

def rows: ., (.nestedRows[]? | rows);

def forms: [.forms[]? | [.prefix, .name] | given[]] | join(" ");

def percent: .dailyValueTargetGroup[0]?.percent | if . == null then null else "\(.)%" end;

def amount:
  select(.unit != null and .unit != "NP")
  | [
      (if .operator == "=" then null else .operator end),
      .quantity,
      (.unit | sub("Gram\\(s\\)"; "g")),
      percent,
      "per \(.servingSizeQuantity) \(.servingSizeUnit)"
    ]
  | given
  | map(tostring)
  | join(" ");

.ingredientRows[]
| rows
| [.name, (forms | if . == "" then null else "(\(.))" end), ([.quantity[]? | amount] | join(", "))]
| given
| join(" ")
