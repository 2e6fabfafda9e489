"""What is measured, as pure functions on plain sequences: no task, run or file is known here.

``value`` what a number is; ``interval`` how sure it is and whether two differ; then one module a subject.
Points are scikit-learn's where it has the metric; intervals resample with numpy.
"""
