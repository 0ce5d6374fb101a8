# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure mthp-insn-run2. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 32000 32000 32000
1 32000 32000 32000
2 32000 32000 32000
3 32000 32000 32000
4 32000 32000 32000
5 32000 32000 32000
6 32000 32000 32000
7 32000 32000 32000
EOD
$series1 << EOD
0 37000 37000 37000
1 37000 37000 37000
2 37003 37003 37003
3 37000 37000 37000
4 37000 37000 37000
5 37000 37000 37000

7 37000 37000 37000
EOD
$series2 << EOD
0 457060 457060 457060
1 457060 457060 457060
2 457060 457060 457060
3 457060 457060 457060
4 457510 457510 457510
5 457060 457060 457060
6 457060 457060 457060
7 457060 457060 457060
EOD
set terminal svg size 720,475 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './mthp-insn-run2.svg'
unset label
unset arrow
set label 'Folio sizes below the PMD: a control' at screen 0.0222,0.9537 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 6.17.13-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 2' at screen 0.0222,0.9074 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles. Numbers: difference to 4K folios, in % (below 0.01%: in the axis’ unit);' at screen 0.0222,0.0568 noenhanced textcolor rgb '#59636e' font ',11'
set label 'the largest is +0.098% (unaligned, 128K). 1 gap: mutual 512K (invalid: page 3 is in a folio of order 0).' at screen 0.0222,0.0253 noenhanced textcolor rgb '#59636e' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8589 noenhanced textcolor rgb '#59636e' font ',12'
set label 'folio size (32M, populated, mapped by PTEs)' at screen 0.4465,0.1095 noenhanced textcolor rgb '#59636e' center font ',12'
set lmargin at screen 0.1013
set rmargin at screen 0.7917
set tmargin at screen 0.8295
set bmargin at screen 0.1979
set border 1 linecolor rgb '#59636e' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:7.5] noextend
set yrange [21333.33333:869269] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('50,000' 50000, '100,000' 100000, '200,000' 200000, '500,000' 500000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('4K' 0, '16K' 1, '32K' 2, '64K' 3, '128K' 4, '256K' 5, '512K' 6, '1M' 7)
set label 'unaligned' at screen 0.8111,0.7200 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#d55e00' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.2917 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#008a63' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.2517 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#0072b2' offset character 1.2,-0.25
set label '32,000' at first 0,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '37,000' at first 0,37000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '457,060' at first 0,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 1,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '±0' at first 1,37000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 1,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 2,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '+3' at first 2,37003 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 2,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 3,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '±0' at first 3,37000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 3,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 4,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '±0' at first 4,37000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '+0.098%' at first 4,457510 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 5,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '±0' at first 5,37000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 5,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 6,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 6,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 7,32000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '±0' at first 7,37000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '±0' at first 7,457060 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#0072b2' linewidth 1 pointtype 7 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#0072b2' linewidth 2 pointtype 7 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#008a63' linewidth 1 pointtype 9 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#008a63' linewidth 2 pointtype 9 pointsize 0.9, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#d55e00' linewidth 1 pointtype 5 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#d55e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
set terminal svg size 720,475 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './mthp-insn-run2-dark.svg'
unset label
unset arrow
set label 'Folio sizes below the PMD: a control' at screen 0.0222,0.9537 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 6.17.13-cloud-amd64 · insn: instructions executed; sees no cache, TLB or IPI · run 2' at screen 0.0222,0.9074 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Points are medians, bars the quartiles. Numbers: difference to 4K folios, in % (below 0.01%: in the axis’ unit);' at screen 0.0222,0.0568 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'the largest is +0.098% (unaligned, 128K). 1 gap: mutual 512K (invalid: page 3 is in a folio of order 0).' at screen 0.0222,0.0253 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8589 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'folio size (32M, populated, mapped by PTEs)' at screen 0.4465,0.1095 noenhanced textcolor rgb '#a2abb6' center font ',12'
set lmargin at screen 0.1013
set rmargin at screen 0.7917
set tmargin at screen 0.8295
set bmargin at screen 0.1979
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:7.5] noextend
set yrange [21333.33333:869269] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#e6e9ed' ('50,000' 50000, '100,000' 100000, '200,000' 200000, '500,000' 500000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#e6e9ed' norotate ('4K' 0, '16K' 1, '32K' 2, '64K' 3, '128K' 4, '256K' 5, '512K' 6, '1M' 7)
set label 'unaligned' at screen 0.8111,0.7200 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#ff8a3d' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.2917 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#2fc79a' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.2517 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#56b4e9' offset character 1.2,-0.25
set label '32,000' at first 0,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '37,000' at first 0,37000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '457,060' at first 0,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 1,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '±0' at first 1,37000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 1,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 2,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '+3' at first 2,37003 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 2,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 3,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '±0' at first 3,37000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 3,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 4,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '±0' at first 4,37000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '+0.098%' at first 4,457510 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 5,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '±0' at first 5,37000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 5,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 6,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 6,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 7,32000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '±0' at first 7,37000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '±0' at first 7,457060 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#56b4e9' linewidth 1 pointtype 7 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#56b4e9' linewidth 2 pointtype 7 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#2fc79a' linewidth 1 pointtype 9 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#2fc79a' linewidth 2 pointtype 9 pointsize 0.9, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff8a3d' linewidth 1 pointtype 5 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#ff8a3d' linewidth 2 pointtype 5 pointsize 0.9
unset output
