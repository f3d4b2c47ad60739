"""Official forms as files → what stands in them, with the place of every value. Nothing is guessed; what is not certain becomes a finding.

`document` shows a file as lines and tables, whatever program wrote it; `layout` pairs `labels` with what stands beside them; `forms`
tells the annexes apart and hands each part to `enterprise`, `demands`, `items` or `statement`, which read single `values`.
"""
