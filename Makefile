# Each word only calls `python -m cslab WORD`, so Windows users have the same words: py -m cslab demo
PYTHON ?= python3

.PHONY: help demo test check lab bench
help demo test check lab bench:
	@$(PYTHON) -m cslab $@ $(if $(WHEELS),--wheels "$(WHEELS)")
