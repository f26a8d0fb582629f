# Each word only calls `python -m cslab WORD`, so Windows users have the same words: py -m cslab demo
PYTHON ?= python3

.PHONY: help demo test check lab bench
help demo test check lab bench:
	@$(PYTHON) -m cslab $@ $(if $(WHEELS),--wheels "$(WHEELS)")

# R's survival, for the benchmark that asks it beside ours; on Debian
.PHONY: bench-r
bench-r:
	@command -v Rscript >/dev/null || $(if $(filter 0,$(shell id -u)),,sudo) apt-get install -y --no-install-recommends r-cran-survival
	@$(PYTHON) -m cslab bench
