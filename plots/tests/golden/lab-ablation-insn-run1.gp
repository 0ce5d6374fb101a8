# SPDX-License-Identifier: GPL-2.0-only
# remapbench: figure ablation-insn-run1. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
-0.165 25000 25000 25000
0.835 17000 17000 17000
1.835 40000 40000 40000
2.835 10000 10000 10000
3.835 40000 40000 40000
4.835 1200000 1200000 1200000
EOD
$series1 << EOD
0.165 400000 400000 400000
1.165 40000 40000 40000
2.165 62000 62000 62000
3.165 300000 300000 300000
4.165 62000 62000 62000
5.165 1400000 1400000 1400000
EOD
$series2 << EOD
0.165 16 16 16
1.165 2.35294117647059 2.35294117647059 2.35294117647059
2.165 1.55 1.55 1.55
3.165 30 30 30
4.165 1.55 1.55 1.55
5.165 1.16666666666667 1.16666666666667 1.16666666666667
EOD
set terminal svg size 720,621 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './ablation-insn-run1.svg'
set multiplot
unset label
unset arrow
set label 'What each optimisation is worth by itself' at screen 0.0222,0.9646 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'kernel 7.3-small (7.3.4) · insn: instructions executed; sees no cache, TLB or IPI' at screen 0.0222,0.9291 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Exact counts, of kernels that are built alike but for this. A call that is refused without it stands beside as' at screen 0.0222,0.0435 noenhanced textcolor rgb '#59636e' font ',11'
set label 'many calls as do the same.' at screen 0.0222,0.0193 noenhanced textcolor rgb '#59636e' font ',11'
set label 'with it' at screen 0.0333,0.8953 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#59636e' offset character 1.2,-0.25
set label 'without it' at screen 0.1486,0.8953 left noenhanced font ',12' textcolor rgb '#1b1f24' point linetype 1 pointtype 15 pointsize 0.8 linecolor rgb '#c2334d' offset character 1.2,-0.25
set label '32M pmd' at screen 0.1914,0.1353 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label '2M pmd' at screen 0.3343,0.1353 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label '32M mutual' at screen 0.4773,0.1353 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label '1G pud' at screen 0.6203,0.1353 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label '32M mutual' at screen 0.7633,0.1353 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label 'multi_vma 100' at screen 0.9063,0.1353 noenhanced font ',11' textcolor rgb '#1b1f24' center
set label 'PMD moves' at screen 0.3343,0.1079 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'PUD moves' at screen 0.6203,0.1079 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'realignment' at screen 0.7633,0.1079 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'multi-VMA moves' at screen 0.9063,0.1079 noenhanced textcolor rgb '#1b1f24' center font ',12'
set label 'how many times as much without it' at screen 0.1199,0.8390 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 2.5, graph 0 to first 2.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 3.5, graph 0 to first 3.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 4.5, graph 0 to first 4.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.8245
set bmargin at screen 0.5185
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:5.5] noextend
set yrange [0.7617812862:83.22573344] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('1' 1, '10' 10)
set label '×16' at screen 0.2149,0.7339 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×2.35' at screen 0.3579,0.6089 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.55' at screen 0.5009,0.5817 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×30' at screen 0.6439,0.7749 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.55' at screen 0.7869,0.5817 noenhanced textcolor rgb '#1b1f24' center font ',10' front
set label '×1.17' at screen 0.9299,0.5632 noenhanced textcolor rgb '#1b1f24' center font ',10' front
plot 1 with lines linecolor rgb '#59636e' linewidth 1 dashtype 2, \
     $series2 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#e3e6ea' linewidth 3, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#c2334d' linewidth 1 pointtype 15 pointsize 0, \
     $series2 using 1:2 with points linetype 1 linecolor rgb '#c2334d' linewidth 1.5 pointtype 15 pointsize 0.8
unset label
unset arrow
set label 'instructions of one call' at screen 0.1199,0.4847 noenhanced textcolor rgb '#1b1f24' font ',12'
set arrow from first 2.5, graph 0 to first 2.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 3.5, graph 0 to first 3.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set arrow from first 4.5, graph 0 to first 4.5, graph 1 nohead back linecolor rgb '#e3e6ea' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.4702
set bmargin at screen 0.1643
set border 1 linecolor rgb '#59636e' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:5.5] noextend
set yrange [6734.568228:3761435.706] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#1b1f24' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000)
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#59636e' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#59636e' linewidth 1.5 pointtype 6 pointsize 0.8, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#c2334d' linewidth 1 pointtype 15 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#c2334d' linewidth 1.5 pointtype 15 pointsize 0.8
unset multiplot
unset output
set terminal svg size 720,621 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './ablation-insn-run1-dark.svg'
set multiplot
unset label
unset arrow
set label 'What each optimisation is worth by itself' at screen 0.0222,0.9646 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'kernel 7.3-small (7.3.4) · insn: instructions executed; sees no cache, TLB or IPI' at screen 0.0222,0.9291 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Exact counts, of kernels that are built alike but for this. A call that is refused without it stands beside as' at screen 0.0222,0.0435 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'many calls as do the same.' at screen 0.0222,0.0193 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'with it' at screen 0.0333,0.8953 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 6 pointsize 0.8 linecolor rgb '#b8c0ca' offset character 1.2,-0.25
set label 'without it' at screen 0.1486,0.8953 left noenhanced font ',12' textcolor rgb '#e6e9ed' point linetype 1 pointtype 15 pointsize 0.8 linecolor rgb '#ff7a90' offset character 1.2,-0.25
set label '32M pmd' at screen 0.1914,0.1353 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label '2M pmd' at screen 0.3343,0.1353 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label '32M mutual' at screen 0.4773,0.1353 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label '1G pud' at screen 0.6203,0.1353 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label '32M mutual' at screen 0.7633,0.1353 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label 'multi_vma 100' at screen 0.9063,0.1353 noenhanced font ',11' textcolor rgb '#e6e9ed' center
set label 'PMD moves' at screen 0.3343,0.1079 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'PUD moves' at screen 0.6203,0.1079 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'realignment' at screen 0.7633,0.1079 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'multi-VMA moves' at screen 0.9063,0.1079 noenhanced textcolor rgb '#e6e9ed' center font ',12'
set label 'how many times as much without it' at screen 0.1199,0.8390 noenhanced textcolor rgb '#e6e9ed' font ',12'
set arrow from first 2.5, graph 0 to first 2.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 3.5, graph 0 to first 3.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 4.5, graph 0 to first 4.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.8245
set bmargin at screen 0.5185
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:5.5] noextend
set yrange [0.7617812862:83.22573344] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('1' 1, '10' 10)
set label '×16' at screen 0.2149,0.7339 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×2.35' at screen 0.3579,0.6089 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×1.55' at screen 0.5009,0.5817 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×30' at screen 0.6439,0.7749 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×1.55' at screen 0.7869,0.5817 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
set label '×1.17' at screen 0.9299,0.5632 noenhanced textcolor rgb '#e6e9ed' center font ',10' front
plot 1 with lines linecolor rgb '#a2abb6' linewidth 1 dashtype 2, \
     $series2 using 1:(1):(0):($2-1) with vectors nohead linecolor rgb '#2d333b' linewidth 3, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff7a90' linewidth 1 pointtype 15 pointsize 0, \
     $series2 using 1:2 with points linetype 1 linecolor rgb '#ff7a90' linewidth 1.5 pointtype 15 pointsize 0.8
unset label
unset arrow
set label 'instructions of one call' at screen 0.1199,0.4847 noenhanced textcolor rgb '#e6e9ed' font ',12'
set arrow from first 2.5, graph 0 to first 2.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 3.5, graph 0 to first 3.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set arrow from first 4.5, graph 0 to first 4.5, graph 1 nohead back linecolor rgb '#2d333b' linewidth 1
set lmargin at screen 0.1199
set rmargin at screen 0.9778
set tmargin at screen 0.4702
set bmargin at screen 0.1643
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid noxtics ytics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:5.5] noextend
set yrange [6734.568228:3761435.706] noextend
unset xtics
set ytics out nomirror scale 0,0 noenhanced font ',11' textcolor rgb '#e6e9ed' ('10,000' 10000, '100,000' 100000, '1,000,000' 1000000)
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#b8c0ca' linewidth 1 pointtype 6 pointsize 0, \
     $series0 using 1:2 with points linetype 1 linecolor rgb '#b8c0ca' linewidth 1.5 pointtype 6 pointsize 0.8, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff7a90' linewidth 1 pointtype 15 pointsize 0, \
     $series1 using 1:2 with points linetype 1 linecolor rgb '#ff7a90' linewidth 1.5 pointtype 15 pointsize 0.8
unset multiplot
unset output
